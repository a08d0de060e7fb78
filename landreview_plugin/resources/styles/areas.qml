<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.40.6-Bratislava" styleCategories="Symbology|Labeling|Fields|Forms">
  <fieldConfiguration>
    <field name="parcel" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="layer" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="class" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="class_name" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="group" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="ownership" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="owner_code" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="owner_name" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="slope" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="grade" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="area_m2" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <aliases>
    <alias name="地块编号" field="parcel" index="0"/>
    <alias name="图层" field="layer" index="1"/>
    <alias name="地类编码" field="class" index="2"/>
    <alias name="地类名称" field="class_name" index="3"/>
    <alias name="三大类" field="group" index="4"/>
    <alias name="权属" field="ownership" index="5"/>
    <alias name="权属单位代码" field="owner_code" index="6"/>
    <alias name="权属单位名称" field="owner_name" index="7"/>
    <alias name="坡度级" field="slope" index="8"/>
    <alias name="质量等别" field="grade" index="9"/>
    <alias name="面积（平方米）" field="area_m2" index="10"/>
  </aliases>
  <splitPolicies>
    <policy policy="Duplicate" field="parcel"/>
    <policy policy="Duplicate" field="layer"/>
    <policy policy="Duplicate" field="class"/>
    <policy policy="Duplicate" field="class_name"/>
    <policy policy="Duplicate" field="group"/>
    <policy policy="Duplicate" field="ownership"/>
    <policy policy="Duplicate" field="owner_code"/>
    <policy policy="Duplicate" field="owner_name"/>
    <policy policy="Duplicate" field="slope"/>
    <policy policy="Duplicate" field="grade"/>
    <policy policy="Duplicate" field="area_m2"/>
  </splitPolicies>
  <duplicatePolicies>
    <policy policy="Duplicate" field="parcel"/>
    <policy policy="Duplicate" field="layer"/>
    <policy policy="Duplicate" field="class"/>
    <policy policy="Duplicate" field="class_name"/>
    <policy policy="Duplicate" field="group"/>
    <policy policy="Duplicate" field="ownership"/>
    <policy policy="Duplicate" field="owner_code"/>
    <policy policy="Duplicate" field="owner_name"/>
    <policy policy="Duplicate" field="slope"/>
    <policy policy="Duplicate" field="grade"/>
    <policy policy="Duplicate" field="area_m2"/>
  </duplicatePolicies>
  <defaults>
    <default applyOnUpdate="0" expression="" field="parcel"/>
    <default applyOnUpdate="0" expression="" field="layer"/>
    <default applyOnUpdate="0" expression="" field="class"/>
    <default applyOnUpdate="0" expression="" field="class_name"/>
    <default applyOnUpdate="0" expression="" field="group"/>
    <default applyOnUpdate="0" expression="" field="ownership"/>
    <default applyOnUpdate="0" expression="" field="owner_code"/>
    <default applyOnUpdate="0" expression="" field="owner_name"/>
    <default applyOnUpdate="0" expression="" field="slope"/>
    <default applyOnUpdate="0" expression="" field="grade"/>
    <default applyOnUpdate="0" expression="" field="area_m2"/>
  </defaults>
  <constraints>
    <constraint unique_strength="0" field="parcel" notnull_strength="0" constraints="0" exp_strength="0"/>
    <constraint unique_strength="0" field="layer" notnull_strength="0" constraints="0" exp_strength="0"/>
    <constraint unique_strength="0" field="class" notnull_strength="0" constraints="0" exp_strength="0"/>
    <constraint unique_strength="0" field="class_name" notnull_strength="0" constraints="0" exp_strength="0"/>
    <constraint unique_strength="0" field="group" notnull_strength="0" constraints="0" exp_strength="0"/>
    <constraint unique_strength="0" field="ownership" notnull_strength="0" constraints="0" exp_strength="0"/>
    <constraint unique_strength="0" field="owner_code" notnull_strength="0" constraints="0" exp_strength="0"/>
    <constraint unique_strength="0" field="owner_name" notnull_strength="0" constraints="0" exp_strength="0"/>
    <constraint unique_strength="0" field="slope" notnull_strength="0" constraints="0" exp_strength="0"/>
    <constraint unique_strength="0" field="grade" notnull_strength="0" constraints="0" exp_strength="0"/>
    <constraint unique_strength="0" field="area_m2" notnull_strength="0" constraints="0" exp_strength="0"/>
  </constraints>
  <constraintExpressions>
    <constraint desc="" field="parcel" exp=""/>
    <constraint desc="" field="layer" exp=""/>
    <constraint desc="" field="class" exp=""/>
    <constraint desc="" field="class_name" exp=""/>
    <constraint desc="" field="group" exp=""/>
    <constraint desc="" field="ownership" exp=""/>
    <constraint desc="" field="owner_code" exp=""/>
    <constraint desc="" field="owner_name" exp=""/>
    <constraint desc="" field="slope" exp=""/>
    <constraint desc="" field="grade" exp=""/>
    <constraint desc="" field="area_m2" exp=""/>
  </constraintExpressions>
  <expressionfields/>
  <editform tolerant="1"></editform>
  <editforminit/>
  <editforminitcodesource>0</editforminitcodesource>
  <editforminitfilepath></editforminitfilepath>
  <editforminitcode><![CDATA[]]></editforminitcode>
  <featformsuppress>0</featformsuppress>
  <editorlayout>generatedlayout</editorlayout>
  <editable/>
  <labelOnTop/>
  <reuseLastValue/>
  <dataDefinedFieldProperties/>
  <widgets/>
  <layerGeometryType>4</layerGeometryType>
</qgis>
